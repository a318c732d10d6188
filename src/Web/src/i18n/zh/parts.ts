import type { Catalogue } from '../en';

export const parts: Catalogue['parts'] = {
  states: {
    blocked: '受阻', scheduled: '已定时', queued: '排队中', assigned: '已分配', running: '运行中', waiting: '等待答复',
    done: '已完成', failed: '失败', canceled: '已取消', online: '在线', offline: '离线', draining: '排空中', idle: '空闲', busy: '忙碌',
    on: '启用', paused: '已暂停', over: '已结束', fired: '已触发', skipped: '已跳过', missed: '已错过',
  },
  reason: '原因',
  reasonHint: '将记入审计日志。',
  notifications: '通知',
  dismiss: '关闭通知',
  reveal: '显示输入内容',
  tabs: '本页各部分',
  back: (page) => `返回${page}`,
  pages: { before: '上一页', next: '下一页', which: (from, to, total) => `第 ${from}–${to} 项，共 ${total} 项` },
  now: '刚刚',
  once: '仅显示一次',
  kept: '我已保存',
};
