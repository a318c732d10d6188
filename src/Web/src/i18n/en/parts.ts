export const parts = {
  states: {
    blocked: 'Blocked', scheduled: 'Scheduled', queued: 'Queued', assigned: 'Assigned', running: 'Running', waiting: 'Waiting',
    done: 'Done', failed: 'Failed', canceled: 'Canceled', online: 'Online', offline: 'Offline', draining: 'Draining', idle: 'Idle', busy: 'Busy',
    on: 'On', paused: 'Paused', over: 'Over', fired: 'Fired', skipped: 'Left out', missed: 'Missed',
  },
  reason: 'Reason',
  reasonHint: 'It stands in the audit.',
  notifications: 'Notifications',
  dismiss: 'Dismiss',
  reveal: 'Show what is typed',
  tabs: 'Parts of this page',
  back: (page: string) => `Back to ${page}`,
  pages: { before: 'Before', next: 'Next', which: (from: string, to: string, total: string) => `${from} to ${to} of ${total}` },
  now: 'now',
  once: 'Shown this once',
  kept: 'I have kept it',
};
