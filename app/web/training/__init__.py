"""The register of training sessions on the procedure."""
