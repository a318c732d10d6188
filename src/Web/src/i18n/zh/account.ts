import type { Catalogue } from '../en';

export const account: Catalogue['account'] = {
  label: '账户',
  signOut: '退出登录',
  signOutFailed: '你仍处于登录状态',
  roles: { admin: '管理员', operator: '运维', user: '用户', viewer: '访客' },
};
