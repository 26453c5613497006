import type { ComponentType } from "react";
import type { RouteObject } from "react-router";
import { allWords } from "./lib/i18n/index.ts";
import { Home } from "./ui/shell/home.tsx";
import { Shell } from "./ui/shell/shell.tsx";
import { BrokenPage, MissingPage, PageLoading } from "./ui/states.tsx";

type Load = () => Promise<ComponentType>;

/** A page in its own chunk, loaded when it is first opened, and with it the words of all pages. */
const page = (path: string, load: Load): RouteObject => ({
  path,
  lazy: { Component: async () => (await Promise.all([load(), allWords()]))[0] },
  ErrorBoundary: BrokenPage,
});
/** The desk brings its own words, so that it is there sooner. */
const desk = (load: Load): RouteObject => ({
  path: "desk",
  lazy: { Component: load },
  ErrorBoundary: BrokenPage,
});

export const routes: RouteObject[] = [
  {
    path: "/sign-in",
    lazy: { Component: async () => (await import("./pages/sign-in/sign-in-page.tsx")).SignInPage },
    HydrateFallback: PageLoading,
  },
  {
    ...page("/wall", async () => (await import("./pages/wall/wall-page.tsx")).WallPage),
    HydrateFallback: PageLoading,
  },
  {
    path: "/",
    Component: Shell,
    ErrorBoundary: BrokenPage,
    HydrateFallback: PageLoading,
    children: [
      { index: true, Component: Home },
      desk(async () => (await import("./pages/desk/index.tsx")).DeskPage),
      page("my-line", async () => (await import("./pages/my-line/my-line-page.tsx")).MyLinePage),
      page("voicemail", async () => (await import("./pages/voicemail/voicemail-page.tsx")).VoicemailPage),
      page("call-rules", async () => (await import("./pages/call-rules/call-rules-page.tsx")).CallRulesPage),
      page("floor", async () => (await import("./pages/floor/index.tsx")).FloorPage),
      page("wallboards", async () => (await import("./pages/wallboards/wallboards-page.tsx")).WallboardsPage),
      page(
        "wallboards/:id",
        async () => (await import("./pages/wallboards/editor/editor-page.tsx")).WallboardEditorPage,
      ),
      page("campaigns", async () => (await import("./pages/campaigns/campaigns-page.tsx")).CampaignsPage),
      page(
        "campaigns/new",
        async () => (await import("./pages/campaigns/edit/campaign-edit-page.tsx")).CampaignEditPage,
      ),
      page(
        "campaigns/:id/message",
        async () => (await import("./pages/campaigns/message/message-page.tsx")).MessagePage,
      ),
      page("campaigns/:id", async () => (await import("./pages/campaigns/campaign-page.tsx")).CampaignPage),
      page(
        "campaigns/:id/edit",
        async () => (await import("./pages/campaigns/edit/campaign-edit-page.tsx")).CampaignEditPage,
      ),
      page("ivr", async () => (await import("./pages/ivr/flows-page.tsx")).IvrFlowsPage),
      page("ivr/:id", async () => (await import("./pages/ivr/flow-page.tsx")).IvrFlowPage),
      page("numbers", async () => (await import("./pages/numbers/numbers-page.tsx")).NumbersPage),
      page(
        "satisfaction",
        async () => (await import("./pages/satisfaction/satisfaction-page.tsx")).SatisfactionPage,
      ),
      page("queues", async () => (await import("./pages/queues/queues-page.tsx")).QueuesPage),
      page("caller-ids", async () => (await import("./pages/caller-ids/pools-page.tsx")).CallerIdPoolsPage),
      page("caller-ids/:id", async () => (await import("./pages/caller-ids/pool-page.tsx")).CallerIdPoolPage),
      page("campaigns/:id/replay", async () => (await import("./pages/replay/replay-page.tsx")).ReplayPage),
      page("scripts", async () => (await import("./pages/scripts/scripts-page.tsx")).ScriptsPage),
      page("scripts/:id", async () => (await import("./pages/scripts/script-page.tsx")).ScriptPage),
      page(
        "scripts/:id/results",
        async () => (await import("./pages/scripts/results-page.tsx")).ScriptResultsPage,
      ),
      page("lists", async () => (await import("./pages/lists/lists-page.tsx")).ListsPage),
      page("lists/:id", async () => (await import("./pages/lists/list-page.tsx")).ListPage),
      page("lists/:id/import", async () => (await import("./pages/lists/import/upload-page.tsx")).UploadPage),
      page(
        "lists/:id/imports/:importId",
        async () => (await import("./pages/lists/import/import-page.tsx")).ImportPage,
      ),
      page("customers", async () => (await import("./pages/customers/customers-page.tsx")).CustomersPage),
      page("customers/:id", async () => (await import("./pages/customers/customer-page.tsx")).CustomerPage),
      page("diary", async () => (await import("./pages/diary/diary-page.tsx")).DiaryPage),
      page("callbacks", async () => (await import("./pages/callbacks/callbacks-page.tsx")).CallbacksPage),
      page("calls", async () => (await import("./pages/calls/calls-page.tsx")).CallsPage),
      page("calls/:id", async () => (await import("./pages/calls/call-page.tsx")).CallPage),
      page("reports", async () => (await import("./pages/reports/report-page.tsx")).ReportPage),
      page(
        "inbound-reports",
        async () => (await import("./pages/inbound-reports/inbound-reports-page.tsx")).InboundReportsPage,
      ),
      page("agent-time", async () => (await import("./pages/agent-time/agent-time-page.tsx")).AgentTimePage),
      page(
        "agent-time/:id",
        async () => (await import("./pages/agent-time/agent-day-page.tsx")).AgentDayPage,
      ),
      page("shifts", async () => (await import("./pages/agent-time/shifts-page.tsx")).ShiftsPage),
      page("trunks", async () => (await import("./pages/trunks/trunks-page.tsx")).TrunksPage),
      page("trunks/:id", async () => (await import("./pages/trunks/trunk-page.tsx")).TrunkPage),
      page(
        "announcements",
        async () => (await import("./pages/announcements/announcements-page.tsx")).AnnouncementsPage,
      ),
      page("sounds", async () => (await import("./pages/sounds/sounds-page.tsx")).SoundsPage),
      page("speech", async () => (await import("./pages/speech/speech-page.tsx")).SpeechPage),
      page("users", async () => (await import("./pages/users/users-page.tsx")).UsersPage),
      page(
        "pause-reasons",
        async () => (await import("./pages/pause-reasons/pause-reasons-page.tsx")).PauseReasonsPage,
      ),
      page(
        "do-not-call",
        async () => (await import("./pages/do-not-call/do-not-call-page.tsx")).DoNotCallPage,
      ),
      page("compliance", async () => (await import("./pages/compliance/compliance-page.tsx")).CompliancePage),
      page(
        "leads/:id/story",
        async () => (await import("./pages/compliance/lead-story-page.tsx")).LeadStoryPage,
      ),
      page("settings", async () => (await import("./pages/settings/settings-page.tsx")).SettingsPage),
      page(
        "ivr-sources",
        async () => (await import("./pages/ivr-sources/ivr-sources-page.tsx")).IvrSourcesPage,
      ),
      page("webhooks", async () => (await import("./pages/webhooks/webhooks-page.tsx")).WebhooksPage),
      page("webhooks/:id", async () => (await import("./pages/webhooks/webhook-page.tsx")).WebhookPage),
      page("health", async () => (await import("./pages/health/health-page.tsx")).HealthPage),
      page("audit", async () => (await import("./pages/audit/audit-page.tsx")).AuditPage),
      page("profile", async () => (await import("./pages/profile/profile-page.tsx")).ProfilePage),
      { path: "*", Component: MissingPage },
    ],
  },
];
