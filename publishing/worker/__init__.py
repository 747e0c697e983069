"""The worker: claims due jobs one by one, maps kind to verb, keeps the lease alive while it performs."""
