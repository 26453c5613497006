/** Ticks for a hidden page: browsers slow a hidden page's own timers to one a minute, a worker's they do not. */
interface Order {
  id: number;
  delayMs: number | null;
}
const timers = new Map<number, ReturnType<typeof setTimeout>>();

self.addEventListener("message", (event: MessageEvent<Order>) => {
  const { id, delayMs } = event.data;
  clearTimeout(timers.get(id));
  timers.delete(id);
  if (delayMs === null) return;
  timers.set(
    id,
    setTimeout(() => {
      timers.delete(id);
      self.postMessage(id);
    }, delayMs),
  );
});
