/** Strangers at the SIP port: malformed datagrams from one address, INVITEs from another. Ends by itself. */
import { flood, malformed, strangerInvite } from "../../test/kit/flood.ts";

const [port = 0, ms = 0, perSecond = 0, invitesPerSecond = 0] = process.argv.slice(2).map(Number);
const to = { host: "127.0.0.1", port };
const [breaker, caller] = ["127.0.0.66", "127.0.0.67"];
const sent = await Promise.all([
  flood({ from: breaker, to, ms, perSecond, datagram: malformed }),
  flood({ from: caller, to, ms, perSecond: invitesPerSecond, datagram: strangerInvite(caller) }),
]);
process.send!(sent);
