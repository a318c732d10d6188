// Each of these tests runs whole applications, and some measure time: two cores are no place for two at once.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
