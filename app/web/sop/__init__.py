"""The procedure as people read it: versions, drawings, steps, differences."""
