import type { Catalogue } from '../en';

export const commands: Catalogue['commands'] = {
  open: '搜索与操作',
  placeholder: '前往、查找或执行…',
  hint: '输入以搜索设备、智能体、岗位、任务、群组和定时计划。',
  nothing: '未找到',
  searching: '正在搜索',
  partly: '有一部分未能搜索到。',
  results: '结果',
  groups: { go: '前往', list: '列表', page: '本页', app: '全局' },
  kinds: { tasks: '任务', devices: '设备', agents: '智能体', posts: '岗位', groups: '群组', schedules: '定时计划', people: '人员' },
  help: '键盘快捷键',
  then: '然后',
  down: '下一行',
  up: '上一行',
  enter: '打开该行',
  mark: '选择该行',
  search: '在此列表中搜索',
  theme: '切换浅色与深色',
  language: '切换语言',
  goTo: (page) => `前往${page}`,
};
