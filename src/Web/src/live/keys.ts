/** The first words of query keys that the socket's news concern. A page's own keys begin with one of them. */
export const keys = {
  tasks: ['tasks'],
  taskLists: ['tasks', 'list'],
  devices: ['devices'],
  deviceLists: ['devices', 'list'],
  figures: ['figures'],
  agents: ['agents'],
  agentLists: ['agents', 'list'],
  questions: ['questions'],
  inbox: ['inbox'],
  groups: ['groups'],
  posts: ['posts'],
  reports: ['reports'],
  schedules: ['schedules'],
} as const;
