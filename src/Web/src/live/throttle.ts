/** What takes long is done more rarely: for a twentieth of the time at most. */
const share = 20;

/** Runs soon after the first call, then at most once in `every` milliseconds and never twice at a time; the last call is never lost. */
export function throttled(run: () => unknown, every: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let next = 0;
  let running = false;
  let wanted = false;

  const begin = async () => {
    timer = undefined;
    running = true;
    const begun = Date.now();
    try {
      await run();
    } finally {
      running = false;
      next = Math.max(begun + every, Date.now() + (Date.now() - begun) * share);
      if (wanted) {
        call();
      }
    }
  };
  const call = () => {
    wanted = running;
    if (!running) {
      timer ??= setTimeout(() => void begin(), Math.max(50, next - Date.now()));
    }
  };
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
    wanted = false;
  };
  return { call, cancel };
}
