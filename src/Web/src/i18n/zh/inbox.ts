import type { Catalogue } from '../en';

export const inbox: Catalogue['inbox'] = {
  title: '收件箱',
  kinds: { label: '显示内容', all: '全部', question: '问题', permission: '审批', mention: '提及' },
  columns: { kind: '类型', what: '内容', from: '来自', when: '时间' },
  kind: { question: '问题', permission: '审批', mention: '提及' },
  empty: '没有等待你处理的事项',
  emptyHint: '当智能体提问、请求批准，或有人提及你时，会显示在这里，按一个键即可答复。',
  choose: '选择一行以查看全部内容。',
  openTask: '打开任务',
  read: '标为已读',
  allow: '允许',
  deny: '拒绝',
  option: (place) => `选择第 ${place} 项作答`,
  allowMany: (count) => `允许 ${count} 项`,
  denyMany: (count) => `拒绝 ${count} 项`,
  readMany: (count) => `将 ${count} 项标为已读`,
  done: (count) => `已答复 ${count} 项`,
  wereRead: (count) => `已将 ${count} 项标为已读`,
  someFailed: (count) => `${count} 项未能答复`,
};
