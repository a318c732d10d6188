import { makeWorkerUtils, run, Logger } from 'graphile-worker';
import pg from 'pg';

const quiet = new Logger(() => () => {});

// As its page on performance has it: jobs are fetched and completed in batches.
const preset = { worker: { concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, maxPoolSize: 26 } };
export const told = 'concurrentJobs 24, localQueue 500, completeJobBatchDelay 0, pool 26; pool of the callers 32';

export async function open() {
  const pgPool = new pg.Pool({ max: 32 });
  pgPool.on('error', console.error);
  pgPool.on('connect', client => client.on('error', console.error));
  const utils = await makeWorkerUtils({ pgPool, logger: quiet });
  await utils.migrate();
  return {
    send: data => utils.addJob('bench', data),
    sendMany: all => utils.addJobs(all.map(payload => ({ identifier: 'bench', payload }))),
    left: async () => Number((await pgPool.query('SELECT count(*) FROM graphile_worker._private_jobs')).rows[0].count),
    close: async () => {
      await utils.release();
      await pgPool.end();
    },
  };
}

export async function work(onJob) {
  await run({ preset, logger: quiet, noHandleSignals: true, taskList: { bench: async data => onJob(data) } });
}
