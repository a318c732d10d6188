import type { Catalogue } from '../en';

export const tasks: Catalogue['tasks'] = {
  title: '任务',
  submit: '新建任务',
  columns: { state: '状态', task: '任务', agent: '智能体', post: '岗位', took: '用时', created: '提交时间' },
  untitled: (type) => `${type} 类型的任务`,
  filters: {
    q: '关键词，或 ID 开头',
    status: '状态',
    agent: '智能体',
    post: '岗位',
    label: '标签，例如 team=web',
    from: '从',
    to: '到',
    more: '更多筛选',
    fewer: '收起筛选',
    tooShort: '至少连续三个字母',
  },
  views: { label: '视图', list: '列表', board: '看板' },
  empty: '还没有任务',
  emptyHint: '任务是交给智能体的工作，几句话就够了。提交后可在此查看进展。',
  cancelMany: (count) => `取消 ${count} 个`,
  retryMany: (count) => `重试 ${count} 个`,
  canceled: (count) => `已取消 ${count} 个`,
  retried: (count) => `已重新提交 ${count} 个`,
  someFailed: (count) => `${count} 个未能更改`,
  board: { waits: '等待中', goes: '进行中', asks: '等待答复', done: '已完成', failed: '失败或取消', all: (count) => `全部 ${count} 个`, none: '暂无' },
};
