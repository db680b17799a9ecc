"""Whether a site is what its manifest says, as a folder or as it is served, and whether manifests form one chain."""
