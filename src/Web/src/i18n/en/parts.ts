export const parts = {
  states: {
    blocked: 'Blocked', scheduled: 'Scheduled', queued: 'Queued', assigned: 'Assigned', running: 'Running', waiting: 'Waiting',
    done: 'Done', failed: 'Failed', canceled: 'Canceled', online: 'Online', offline: 'Offline', draining: 'Draining', idle: 'Idle', busy: 'Busy',
  },
  reason: 'Reason',
  reasonHint: 'It stands in the audit.',
  notifications: 'Notifications',
  dismiss: 'Dismiss',
  tabs: 'Parts of this page',
  back: (page: string) => `Back to ${page}`,
  now: 'now',
  once: 'Shown this once',
  kept: 'I have kept it',
};
