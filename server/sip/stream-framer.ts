import { maxMessageBytes } from "./parser.ts";

export interface StreamFramer {
  /** Takes what came. False when the stream is broken: nobody can say where its next message begins. */
  push(chunk: Buffer): boolean;
  /** A message has begun and is not whole. */
  readonly isWaiting: boolean;
}

export interface StreamEvents {
  /** A whole message. */
  message(data: Buffer): void;
  /** A double line break, to be answered by a single one (RFC 5626 §3.5.1). */
  ping(): void;
  /** A single line break. */
  pong(): void;
}

const contentLengthPattern = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,7})[ \t]*(?=\r\n|$)/i;

/** Cuts a byte stream into messages by Content-Length (RFC 3261 §18.3) and finds keep-alives (RFC 5626 §3.5.1). */
export function createStreamFramer(events: StreamEvents): StreamFramer {
  let buffered: Buffer = Buffer.alloc(0);
  /** Pieces of a message whose length is known, until all of them are there: joined once, not once per piece. */
  let pieces: Buffer[] = [];
  let missing = 0;
  /** Bytes of `buffered` that are known to hold no end of a head. */
  let searched = 0;

  /** A lone line break may be the first half of a ping: it is a pong when nothing follows it. */
  function takeLineBreaks(): void {
    while (buffered[0] === 13 && buffered[1] === 10) {
      const isPing = buffered[2] === 13 && buffered[3] === 10;
      if (isPing) events.ping();
      else events.pong();
      buffered = buffered.subarray(isPing ? 4 : 2);
      searched = 0;
    }
  }

  /** Length of the first message, 0 when its head is not whole yet, -1 when it never will be. */
  function lengthOfFirst(): number {
    const end = buffered.indexOf("\r\n\r\n", Math.max(0, searched - 3), "latin1");
    if (end < 0) {
      searched = buffered.length;
      return buffered.length > maxMessageBytes ? -1 : 0;
    }
    const [, digits] = contentLengthPattern.exec(buffered.toString("latin1", 0, end)) ?? [];
    // Without a length nobody can say where the next message begins.
    if (digits === undefined) return -1;
    const total = end + 4 + Number(digits);
    return total > maxMessageBytes ? -1 : total;
  }

  /** Takes whole messages out of `buffered`. False when the stream is broken. */
  function takeMessages(): boolean {
    for (;;) {
      takeLineBreaks();
      if (buffered.length === 0) return true;
      const length = lengthOfFirst();
      if (length <= 0) return length === 0;
      if (length > buffered.length) {
        pieces = [buffered];
        missing = length - buffered.length;
        buffered = Buffer.alloc(0);
        searched = 0;
        return true;
      }
      const whole = buffered.subarray(0, length);
      buffered = buffered.subarray(length);
      searched = 0;
      events.message(whole);
    }
  }

  return {
    get isWaiting() {
      return missing > 0 || buffered.length > 0;
    },
    push(chunk) {
      if (missing > chunk.length) {
        pieces.push(chunk);
        missing -= chunk.length;
        return true;
      }
      if (missing > 0) {
        const whole = Buffer.concat([...pieces, chunk.subarray(0, missing)]);
        buffered = chunk.subarray(missing);
        pieces = [];
        missing = 0;
        events.message(whole);
      } else buffered = buffered.length === 0 ? chunk : Buffer.concat([buffered, chunk]);
      return takeMessages();
    },
  };
}
