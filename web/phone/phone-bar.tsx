/** The phone's state in the header: agent state, call, quality. */
export function PhoneBar() {
  return null;
}
