import {
  ApartmentOutlined,
  AudioOutlined,
  AuditOutlined,
  BarChartOutlined,
  CalendarOutlined,
  ClockCircleOutlined,
  ContactsOutlined,
  ControlOutlined,
  CustomerServiceOutlined,
  DashboardOutlined,
  DatabaseOutlined,
  FieldTimeOutlined,
  FileTextOutlined,
  FundProjectionScreenOutlined,
  HeartOutlined,
  HourglassOutlined,
  InboxOutlined,
  IdcardOutlined,
  ApiOutlined,
  MessageOutlined,
  NotificationOutlined,
  NumberOutlined,
  PauseCircleOutlined,
  PhoneOutlined,
  PieChartOutlined,
  SafetyCertificateOutlined,
  SendOutlined,
  SettingOutlined,
  SmileOutlined,
  SoundOutlined,
  SwapOutlined,
  StopOutlined,
  TeamOutlined,
  UnorderedListOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Me } from "../../../shared/auth.ts";
import type { Permission } from "../../../shared/permissions.ts";

export interface NavigationItem {
  /** Also the key of its words: `navigation.<path>`. */
  path: string;
  icon: ReactNode;
  permission: Permission;
}
export interface NavigationGroup {
  key: string;
  items: NavigationItem[];
}

/** Every page of the menu and the permission that shows it. */
export const navigation: NavigationGroup[] = [
  {
    key: "work",
    items: [
      { path: "desk", icon: <CustomerServiceOutlined />, permission: "desk.use" },
      { path: "my-line", icon: <SwapOutlined />, permission: "desk.use" },
      { path: "voicemail", icon: <InboxOutlined />, permission: "desk.use" },
      { path: "floor", icon: <DashboardOutlined />, permission: "live.see" },
      { path: "diary", icon: <CalendarOutlined />, permission: "desk.use" },
      { path: "wallboards", icon: <FundProjectionScreenOutlined />, permission: "live.see" },
      { path: "callbacks", icon: <ClockCircleOutlined />, permission: "agents.supervise" },
    ],
  },
  {
    key: "outbound",
    items: [
      { path: "campaigns", icon: <NotificationOutlined />, permission: "campaigns.see" },
      { path: "lists", icon: <UnorderedListOutlined />, permission: "leads.see" },
      { path: "caller-ids", icon: <IdcardOutlined />, permission: "campaigns.see" },
      { path: "customers", icon: <ContactsOutlined />, permission: "customers.see" },
      { path: "scripts", icon: <FileTextOutlined />, permission: "campaigns.see" },
      { path: "sounds", icon: <AudioOutlined />, permission: "campaigns.see" },
    ],
  },
  {
    key: "inbound",
    items: [
      { path: "ivr", icon: <ApartmentOutlined />, permission: "campaigns.see" },
      { path: "numbers", icon: <NumberOutlined />, permission: "queues.see" },
      { path: "queues", icon: <HourglassOutlined />, permission: "queues.see" },
      { path: "satisfaction", icon: <SmileOutlined />, permission: "queues.see" },
    ],
  },
  {
    key: "results",
    items: [
      { path: "calls", icon: <PhoneOutlined />, permission: "calls.see" },
      { path: "reports", icon: <BarChartOutlined />, permission: "reports.see" },
      { path: "inbound-reports", icon: <PieChartOutlined />, permission: "reports.see" },
      { path: "agent-time", icon: <FieldTimeOutlined />, permission: "agents.supervise" },
    ],
  },
  {
    key: "system",
    items: [
      { path: "trunks", icon: <ApiOutlined />, permission: "trunks.see" },
      { path: "announcements", icon: <SoundOutlined />, permission: "trunks.see" },
      { path: "users", icon: <TeamOutlined />, permission: "users.see" },
      { path: "pause-reasons", icon: <PauseCircleOutlined />, permission: "settings.manage" },
      { path: "call-rules", icon: <ControlOutlined />, permission: "settings.manage" },
      { path: "compliance", icon: <SafetyCertificateOutlined />, permission: "compliance.see" },
      { path: "do-not-call", icon: <StopOutlined />, permission: "compliance.see" },
      { path: "speech", icon: <MessageOutlined />, permission: "settings.manage" },
      { path: "ivr-sources", icon: <DatabaseOutlined />, permission: "settings.manage" },
      { path: "webhooks", icon: <SendOutlined />, permission: "settings.manage" },
      { path: "settings", icon: <SettingOutlined />, permission: "settings.manage" },
      { path: "health", icon: <HeartOutlined />, permission: "health.see" },
      { path: "audit", icon: <AuditOutlined />, permission: "audit.see" },
    ],
  },
];

/** What this person may open, without empty groups. */
export function navigationFor(session: Me): NavigationGroup[] {
  return navigation
    .map((group) => ({
      ...group,
      items: group.items.filter((item) => session.permissions.includes(item.permission)),
    }))
    .filter((group) => group.items.length > 0);
}
