import type { Catalogue } from '../en';

export const settings: Catalogue['settings'] = {
  title: '设置',
  you: '你',
  askAdmin: '名称和角色可由管理员更改。',
  keys: '我的 API 密钥',
  look: '外观与语言',
  lookHint: '保存在此浏览器中。',
  zone: '时区',
  zoneHint: '取自本机。时间按此显示，报表按此划分日期。',
  password: {
    title: '密码',
    hint: '更改后，你在别处的所有会话都会结束，当前会话保留。',
    now: '当前密码',
    next: '新密码',
    rule: '至少八个字符。',
    again: '再次输入新密码',
    wrong: '当前密码不正确。',
    same: '与当前密码相同。',
    differs: '两次输入不一致。',
    deed: '更改密码',
    done: '密码已更改，其他会话均已结束',
  },
  sessions: '会话',
  sessionsHint: '设备遗失，或忘记退出登录？更改密码即可结束除当前以外的所有会话。',
  thisOne: '此浏览器',
  signOut: '在此退出登录',
};
