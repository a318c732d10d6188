export const list = {
  count: (shown: string) => `${shown} in all`,
  countAtLeast: (shown: string) => `${shown} or more`,
  selected: (count: string) => `${count} selected`,
  select: (what: string) => `Select ${what}`,
  clearSelection: 'Clear selection',
  clearFilters: 'Clear filters',
  nothingFound: 'Nothing fits these filters',
  nothingFoundHint: 'Take one away, or search for something else.',
  news: 'There is something new',
  filters: {
    saved: 'Saved filters',
    save: 'Save these filters',
    name: 'Name',
    saveIt: 'Save',
    none: 'None yet. Set a filter and save it under a name.',
    remove: (name: string) => `Forget ${name}`,
  },
};
