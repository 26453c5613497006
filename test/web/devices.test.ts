import assert from "node:assert/strict";
import { test } from "node:test";
import { callBed } from "../kit/call-bed.ts";
import { deskInTab, openDesk, runningCampaign, takeCall, takeDesk } from "../kit/desk-page.ts";
import { hears } from "../kit/outage.ts";

const phone = "+8613700000065";
const [agentHz, machineHz, customerHz] = [700, 900, 1500];

/** The headset goes, and so does every microphone until `plug`. */
const unplug = `(() => {
  const devices = navigator.mediaDevices;
  ears.open = devices.getUserMedia;
  devices.getUserMedia = async () => { throw new DOMException("gone", "NotFoundError"); };
  const track = ears.connections.at(-1).getSenders()[0].track;
  track.stop();
  track.dispatchEvent(new Event("ended"));
})()`;
const plug = `(() => {
  navigator.mediaDevices.getUserMedia = ears.open;
  navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
})()`;

test("the headset is unplugged in a talk and comes back; a second tab, then another machine says who is in charge, and takes over", async (t) => {
  await using bed = await callBed();
  await runningCampaign(bed, phone);
  await using ana = await openDesk(bed, "ana", { hz: agentHz });
  await takeDesk(ana);
  const call = await takeCall(bed, ana, customerHz);
  await hears(t, "at first", { call, hz: agentHz, wanted: "agent" });

  await ana.page.evaluate(unplug);
  await ana.page.getByText("麦克风已断开，客户听不到您").waitFor();
  await hears(t, "headset unplugged", { call, hz: agentHz, wanted: "music" });
  await ana.page.getByText("您的线路中断，客户正在听音乐").waitFor();
  await ana.page.evaluate(plug);
  await hears(t, "headset back", { call, hz: agentHz, wanted: "agent" });
  await ana.page.getByText("麦克风已断开，客户听不到您").waitFor({ state: "detached" });
  await ana.page.getByText("您的线路中断，客户正在听音乐").waitFor({ state: "detached" });
  await ana.browser.hears(customerHz);

  const other = await deskInTab(ana, bed.server.url);
  await other.page.getByText("您已在另一处签入").waitFor();
  assert.equal(call.phase, "answered");
  await other.press("在此接管");
  await other.sees("person 0");
  await ana.page.getByText("您已在另一处签入").waitFor();
  await hears(t, "second tab", { call, hz: agentHz, wanted: "agent" });

  // Another machine, with another microphone: the tab says so, and gives way.
  await using machine = await openDesk(bed, "ana", { hz: machineHz });
  await machine.page.getByText("您已在另一处签入").waitFor();
  await machine.press("在此接管");
  await machine.sees("person 0");
  await other.page.getByText("您已在另一处签入").waitFor();
  await hears(t, "another machine", { call, hz: machineHz, wanted: "agent" });
  await machine.browser.hears(customerHz);
  await machine.press("挂断");
  await machine.until("wrap-up");
  assert.deepEqual(ana.browser.errors, []);
});
