// The one process that works: it does nothing with a job but tell that it has come.
const { work } = await import(`./${process.argv[2]}.mjs`);

const came = [];
await work(data => {
  came.push([data.n, process.hrtime.bigint().toString()]);
  if (came.length === 1) {
    setImmediate(() => process.send({ came: came.splice(0) }));
  }
});
process.send({ ready: true });
process.on('disconnect', () => process.exit(0));
