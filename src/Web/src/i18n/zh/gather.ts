import type { Catalogue } from '../en';

export const gather: Catalogue['gather'] = {
  deed: '交给多个智能体',
  title: '由多个智能体完成此任务',
  hint: '每个智能体会得到各自的子任务，此任务等待它们完成。正在执行它的智能体会被要求停止。',
  done: '已分派给它们',
  several: '由多个智能体协作',
  agents: '这些智能体',
  strategy: '协作方式',
  strategies: { all: '各自完成', first: '最快者胜', vote: '投票决定', lead: '一个带头' },
  about: {
    all: '全部完成后，任务才算完成。',
    first: '同时开始，采用最先得到的结果，其余取消。',
    vote: '各自作答，以多数答案为准。',
    lead: '排在第一位的智能体负责规划、分派各部分，最后汇总。',
  },
};
