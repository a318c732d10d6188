import type { Catalogue } from '../en';

export const signIn: Catalogue['signIn'] = {
  title: '登录',
  welcome: '在一处管理你的全部智能体。',
  email: '邮箱或用户名',
  emailMissing: '请输入邮箱或用户名。',
  password: '密码',
  passwordMissing: '请输入密码。',
  submit: '登录',
  wait: (seconds) => `请等待 ${String(seconds)} 秒`,
  refused: '邮箱、用户名或密码不正确',
  refusedHint: '请检查后重试。',
  tooMany: '尝试次数过多',
  tooManyHint: '为防止他人猜测密码，登录已暂停片刻。',
  noCookie: '浏览器没有保存会话',
  noCookieHint: '请允许此地址使用 Cookie；非 localhost 地址必须使用 HTTPS。',
  firstTime: '首次启动？地址和密码已显示在终端中。',
};
