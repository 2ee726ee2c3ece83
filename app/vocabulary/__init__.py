"""Every code list of the system, one file a noun, with labels in three languages and the standard each comes from.

Data only, standard library only: what a code does to a case is decided by the procedure and the services.
"""
