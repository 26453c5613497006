/**
 * A session that ends while a page is open must not cost a form. The first refused request opens the sign-in
 * dialog (`ui/shell/sign-in-again.tsx`); all requests wait for it and are sent again.
 */
type Ask = () => void;

let ask: Ask | null = null;
let waiting: { promise: Promise<boolean>; settle: (signedIn: boolean) => void } | null = null;

/** The dialog registers itself while a signed-in page is open. Returns the unregistering function. */
export function onSessionEnd(open: Ask): () => void {
  ask = open;
  return () => {
    ask = null;
    settleSignIn(false);
  };
}

/** True once the same person has signed in again; false when nobody is there to ask. */
export function askToSignInAgain(): Promise<boolean> {
  if (!ask) return Promise.resolve(false);
  if (!waiting) {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    waiting = { promise, settle: resolve };
    ask();
  }
  return waiting.promise;
}

export function settleSignIn(signedIn: boolean): void {
  waiting?.settle(signedIn);
  waiting = null;
}
