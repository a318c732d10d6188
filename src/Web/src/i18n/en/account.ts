export const account = {
  label: 'Account',
  signOut: 'Sign out',
  signOutFailed: 'You are still signed in',
  roles: { admin: 'Admin', operator: 'Operator', user: 'User', viewer: 'Viewer' },
};
