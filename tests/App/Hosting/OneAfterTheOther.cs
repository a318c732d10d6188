// Whole applications share two cores badly, and what a test measures in seconds must be its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
