import { maxMessageBytes } from "./parser.ts";

export interface StreamFramer {
  /** Takes what came; calls `message` for each whole message and `ping` for each double line break. False when the stream is broken. */
  push(chunk: Buffer): boolean;
}

/** Cuts a byte stream into messages by Content-Length (RFC 3261 §18.3) and finds keep-alives (RFC 5626 §4.4.1). */
export function createStreamFramer(message: (data: Buffer) => void, ping: () => void): StreamFramer {
  let buffered: Buffer = Buffer.alloc(0);
  /** Bytes of `buffered` that are known to hold no end of a head. */
  let searched = 0;

  function takeLineBreaks(): void {
    while (buffered[0] === 13 && buffered[1] === 10) {
      const isPing = buffered[2] === 13 && buffered[3] === 10;
      if (isPing) ping();
      buffered = buffered.subarray(isPing ? 4 : 2);
      searched = 0;
    }
  }

  /** Length of the first message, 0 when it is not whole yet, -1 when it never will be. */
  function lengthOfFirst(): number {
    const end = buffered.indexOf("\r\n\r\n", Math.max(0, searched - 3), "latin1");
    if (end < 0) {
      searched = buffered.length;
      return buffered.length > maxMessageBytes ? -1 : 0;
    }
    const head = buffered.toString("latin1", 0, end);
    const [, digits] = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,7})[ \t]*(?=\r\n|$)/i.exec(head) ?? [];
    // Without a length nobody can say where the next message begins.
    if (digits === undefined) return -1;
    const total = end + 4 + Number(digits);
    if (total > maxMessageBytes) return -1;
    searched = end;
    return total <= buffered.length ? total : 0;
  }

  return {
    push(chunk) {
      buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      for (;;) {
        takeLineBreaks();
        if (buffered.length === 0) return true;
        const length = lengthOfFirst();
        if (length <= 0) return length === 0;
        const whole = buffered.subarray(0, length);
        buffered = buffered.subarray(length);
        searched = 0;
        message(whole);
      }
    },
  };
}
