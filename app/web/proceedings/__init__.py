"""The register of proceedings against those who are accused."""
