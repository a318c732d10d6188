import { expect, test } from 'vitest';
import { en } from '../../../i18n/en';
import { zh } from '../../../i18n/zh';
import { readCron } from './cron';
import { sayCron } from './say';

test.each([
  ['* * * * * *', 'Every second', '每秒'],
  ['*/10 * * * * *', 'Every 10 seconds', '每 10 秒'],
  ['* * * * *', 'Every minute', '每分钟'],
  ['15 */5 * * * *', 'Every 5 minutes, at second 15', '每 5 分钟，第 15 秒'],
  ['*/7 * * * *', 'At minute 0, 7, 14, 21, 28, 35, 42, 49, and 56, every hour', '第 0、7、14、21、28、35、42、49和56 分，每小时'],
  ['0 30 * * * *', 'Every hour, at minute 30', '每小时，第 30 分'],
  ['0 0 */2 * * *', 'Every 2 hours from 00:00 on', '从 00:00 起每 2 小时'],
  ['0 0 9 * * *', 'At 09:00, every day', '每天，于 09:00'],
  ['0 0,30 9 * * MON-FRI', 'At 09:00 and 09:30, Monday to Friday', '星期一至星期五，于 09:00和09:30'],
  ['0 */15 9-17 ? * 1-5', 'Every 15 minutes, from 09:00 to 17:59, Monday to Friday', '星期一至星期五，每 15 分钟，09:00 至 17:59'],
  ['0 */15 22-2 * * *', 'Every 15 minutes, from 22:00 to 02:59', '每 15 分钟，22:00 至 02:59'],
  ['0 0 8-18 * * *', 'Every hour from 08:00 to 18:00', '08:00 至 18:00 每小时'],
  ['0 0 9 1,15 * ?', 'At 09:00, on day 1 and 15 of the month', '每月 1和15 日，于 09:00'],
  ['0 0 9 13 * FRI', 'At 09:00, on day 13 of the month or on Friday', '每月 13 日或星期五，于 09:00'],
  ['0 0 9 */2 * MON', 'At 09:00, every 2 days from day 1 of the month on, Monday', '每月 1 日起每 2 天，星期一，于 09:00'],
  ['0 0 9 * * SAT,SUN,MON', 'At 09:00, Saturday to Monday', '星期六至星期一，于 09:00'],
  ['0 0 18 L * ?', 'At 18:00, on the last day of the month', '每月最后一天，于 18:00'],
  ['5 0 18 15W * ?', 'At 18:00:05, on the working day nearest to day 15', '最接近每月 15 日的工作日，于 18:00:05'],
  ['0 0 18 ? * 5#3', 'At 18:00, the third Friday of the month', '每月第三个星期五，于 18:00'],
  ['0 0 0 1 1 * 2030', 'At 00:00, on day 1 of the month, in January, in 2030', '2030 年，仅 一月，每月 1 日，于 00:00'],
  ['0 0 6 * 6-8 0', 'At 06:00, Sunday, in June to August', '仅 六月至八月，星期日，于 06:00'],
])('%s is "%s"', (text, english, chinese) => {
  const cron = readCron(text);
  expect(cron && [sayCron(cron, en.cron, 'en'), sayCron(cron, zh.cron, 'zh-CN')]).toEqual([english, chinese]);
});

test.each(['', 'every day', '* * * *', '60 * * * * *', '* * * * * * * *', '0 0 9-17-18 * * *', '*/0 * * * *', '0 0 9 * FOO *', '0 0 0 1 1 * 2030-2029', '1/2/3 * * * *'])('"%s" is not understood', (text) => {
  expect(readCron(text)).toBeUndefined();
});
