import type { Catalogue } from '../en';

export const shell: Catalogue['shell'] = {
  product: 'Agents',
  skip: '跳到正文',
  navigation: '主导航',
  openNavigation: '打开导航',
  closeNavigation: '关闭导航',
  loading: '加载中',
  retry: '重试',
  copy: '复制',
  copied: '已复制',
  close: '关闭',
  cancel: '取消',
  theme: { label: '主题', light: '浅色', dark: '深色', auto: '跟随系统' },
  language: { label: '语言' },
  nav: { overview: '总览', inbox: '收件箱', tasks: '任务', devices: '设备', agents: '智能体', posts: '岗位', groups: '群组', schedules: '定时计划', reports: '报表', people: '人员与权限', settings: '设置', docs: 'API 文档' },
  offline: '本机已离线，当前内容可能不是最新的。',
  cutOff: '实时连接已断开，正在重试；当前内容可能不是最新的。',
  notFound: { title: '这里什么也没有', hint: '没有页面使用此地址。', back: '返回总览' },
};
