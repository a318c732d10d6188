import { Queue, Worker } from 'bullmq';

const connection = { host: '127.0.0.1', port: Number(process.env.REDIS_PORT) };

export const told = 'concurrency 256; redis with appendonly yes, appendfsync always';

export async function open() {
  const queue = new Queue('bench', { connection });
  await queue.obliterate({ force: true });
  return {
    send: data => queue.add('bench', data),
    sendMany: all => queue.addBulk(all.map(data => ({ name: 'bench', data }))),
    left: async () => {
      const counts = await queue.getJobCounts('waiting', 'active', 'prioritized', 'delayed');
      return Object.values(counts).reduce((sum, count) => sum + count, 0);
    },
    close: () => queue.close(),
  };
}

export async function work(onJob) {
  const worker = new Worker('bench', async job => onJob(job.data), { connection, concurrency: 256 });
  await worker.waitUntilReady();
}
