/** Runs soon after the first call, then at most once in `every` milliseconds; the last call is never lost. */
export function throttled(run: () => void, every: number) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let last = 0;
  const call = () => {
    timer ??= setTimeout(() => {
      timer = undefined;
      last = Date.now();
      run();
    }, Math.max(50, last + every - Date.now()));
  };
  const cancel = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return { call, cancel };
}
