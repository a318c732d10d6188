export const gather = {
  deed: 'Give it to several',
  title: 'Several agents for this task',
  hint: 'Each gets a task of its own, and this one waits for theirs. Whoever works on it now is told to stop.',
  done: 'They have it',
  several: 'Several agents together',
  agents: 'These agents',
  strategy: 'How they work together',
  strategies: { all: 'Each does it', first: 'The first wins', vote: 'They vote', lead: 'One leads' },
  about: {
    all: 'It is done when all of them are.',
    first: 'All begin; the first result counts, and the others are canceled.',
    vote: 'Each answers for itself; what most answer counts.',
    lead: 'The one that is named first plans and hands out the parts, and joins them in the end.',
  },
};
