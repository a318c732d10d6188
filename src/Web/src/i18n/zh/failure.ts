import type { Catalogue } from '../en';

export const failure: Catalogue['failure'] = {
  requestId: '请求',
  codes: {
    1001: '请求有误',
    1002: '你尚未登录',
    1003: '你没有权限执行此操作',
    1004: '请求过于频繁',
    2001: '未找到相应内容',
    3001: '当前状态不允许此操作',
    3002: '已被他人抢先修改',
    5000: '服务器出错了',
    5003: 'Agents 的某个部分暂时不可用',
  },
  unreachable: '无法连接到服务器',
  unreachableHint: '请确认 Agents 正在运行，且本机已联网。',
  unreadable: '无法理解服务器的响应',
  unexpected: '页面出错了',
  wait: (seconds) => `请在 ${String(seconds)} 秒后重试。`,
};
