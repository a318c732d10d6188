import PgBoss from 'pg-boss';
import pg from 'pg';

const queue = 'bench';

// Large batches, and a worker that found any looks again at once (notifyWorker) in place of after its interval.
const settings = { pollingIntervalSeconds: 0.5, batchSize: 1000 };
export const told = 'batchSize 1000, shortest polling interval (0.5 s), notifyWorker after each batch that was not empty, pool 32';

export async function open() {
  const boss = new PgBoss({ max: 32, supervise: false, schedule: false });
  boss.on('error', console.error);
  await boss.start();
  await boss.createQueue(queue);
  await boss.purgeQueue(queue);
  const database = new pg.Pool({ max: 1 });
  const left = async () =>
    Number((await database.query("SELECT count(*) FROM pgboss.job WHERE name = $1 AND state < 'completed'", [queue])).rows[0].count);
  return {
    send: data => boss.send(queue, data),
    sendMany: all => boss.insert(all.map(data => ({ name: queue, data }))),
    left,
    close: async () => {
      await boss.stop({ graceful: false });
      await database.end();
    },
  };
}

export async function work(onJob) {
  const boss = new PgBoss({ max: 32, supervise: false, schedule: false });
  boss.on('error', console.error);
  await boss.start();
  const id = await boss.work(queue, settings, async jobs => {
    jobs.forEach(job => onJob(job.data));
    boss.notifyWorker(id);
  });
}
