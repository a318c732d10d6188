import type { Catalogue } from '../en';

export const list: Catalogue['list'] = {
  count: (shown) => `共 ${shown} 条`,
  countAtLeast: (shown) => `${shown} 条或更多`,
  selected: (count) => `已选 ${count} 条`,
  select: (what) => `选择 ${what}`,
  clearSelection: '取消选择',
  clearFilters: '清除筛选',
  nothingFound: '没有符合筛选条件的内容',
  nothingFoundHint: '请去掉一个条件，或换个关键词。',
  news: '有新内容',
  filters: {
    saved: '已保存的筛选',
    save: '保存当前筛选',
    name: '名称',
    saveIt: '保存',
    none: '还没有。设置筛选条件后即可命名保存。',
    notKept: '筛选未能保存',
    remove: (name) => `删除 ${name}`,
  },
};
