/**
 * Does an INVITE ask the phone to pick up by itself? `Call-Info: …;answer-after=0` and the `Alert-Info` values
 * that desk phones understand (`info=alert-autoanswer`, `Auto Answer`, `ring-answer`).
 */
export function asksAutoAnswer(headers: {
  callInfo?: string | undefined;
  alertInfo?: string | undefined;
}): boolean {
  if (/answer-after\s*=\s*0/i.test(headers.callInfo ?? "")) return true;
  return /auto[- ]?answer|ring-answer/i.test(headers.alertInfo ?? "");
}
