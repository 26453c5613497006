interface Setting {
  name: string;
  /** As shown in docs/settings.md. */
  fallback: string;
  about: string;
}

/** Every setting of the process. `docs/settings.md` is written from this table. */
export const environment = {
  data: {
    name: "WAIHU_DATA",
    fallback: "./data",
    about: "Folder that holds the embedded database, recordings and prompts. Back this up.",
  },
  databaseUrl: {
    name: "DATABASE_URL",
    fallback: "",
    about:
      "PostgreSQL 15 or newer to use in place of the embedded one, such as `postgres://user:password@host:5432/waihu`.",
  },
  host: {
    name: "WAIHU_HOST",
    fallback: "127.0.0.1",
    about:
      "Address the web interface listens on; `0.0.0.0` for every network. Browsers allow the microphone only on localhost or over HTTPS.",
  },
  port: { name: "WAIHU_PORT", fallback: "8080", about: "Port of the web interface." },
  tlsCert: {
    name: "WAIHU_TLS_CERT",
    fallback: "",
    about:
      "PEM file with the certificate chain; with `WAIHU_TLS_KEY` the web interface speaks HTTPS. A renewed file is taken up within a second, without a restart.",
  },
  tlsKey: { name: "WAIHU_TLS_KEY", fallback: "", about: "PEM file with the certificate's key." },
  trustProxy: {
    name: "WAIHU_TRUST_PROXY",
    fallback: "off",
    about: "`on` behind a reverse proxy that sets `X-Forwarded-For` and `X-Forwarded-Proto`.",
  },
  sipHost: { name: "WAIHU_SIP_HOST", fallback: "0.0.0.0", about: "Address SIP listens on, UDP and TCP." },
  sipPort: { name: "WAIHU_SIP_PORT", fallback: "5060", about: "Port of SIP." },
  sipTlsPort: {
    name: "WAIHU_SIP_TLS_PORT",
    fallback: "5061",
    about: "Port of SIP over TLS; used only with a certificate.",
  },
  sipTlsCert: {
    name: "WAIHU_SIP_TLS_CERT",
    fallback: "",
    about:
      "PEM file with the certificate chain of SIP over TLS. A renewed file is taken up within a second, without a restart.",
  },
  sipTlsKey: { name: "WAIHU_SIP_TLS_KEY", fallback: "", about: "PEM file with its key." },
  sipTlsMinimum: {
    name: "WAIHU_SIP_TLS_MINIMUM",
    fallback: "1.2",
    about: "Oldest version of TLS that SIP takes and offers: `1.2` or `1.3`.",
  },
  sipNeverBanned: {
    name: "WAIHU_SIP_NEVER_BANNED",
    fallback: "",
    about:
      "Addresses and networks whose SIP is never limited or banned, such as `192.0.2.7, 10.0.0.0/8`. Addresses of trunks need not be named.",
  },
  advertisedHost: {
    name: "WAIHU_ADVERTISED_HOST",
    fallback: "",
    about: "Public address that carriers and browsers reach this machine at, when it stands behind NAT.",
  },
  rtpPorts: {
    name: "WAIHU_RTP_PORTS",
    fallback: "20000-29999",
    about: "UDP ports for audio, first-last. Open them in the firewall for carriers and agents.",
  },
  iceServers: {
    name: "WAIHU_ICE_SERVERS",
    fallback: "",
    about:
      "STUN and TURN servers for agents' browsers, with spaces between: `stun:stun.example.com turn:turn.example.com:3478?transport=udp`. Told to signed-in agents only.",
  },
  turnSecret: {
    name: "WAIHU_TURN_SECRET",
    fallback: "",
    about:
      "Secret shared with the TURN server (coturn: `use-auth-secret`, `static-auth-secret`): each agent gets credentials of their own for 24 hours.",
  },
  turnUsername: {
    name: "WAIHU_TURN_USERNAME",
    fallback: "",
    about: "One TURN account for all agents, with `WAIHU_TURN_PASSWORD`; in place of a secret.",
  },
  turnPassword: { name: "WAIHU_TURN_PASSWORD", fallback: "", about: "Password of that account." },
  icePolicy: {
    name: "WAIHU_ICE_POLICY",
    fallback: "all",
    about: "`relay`: browsers send audio through TURN alone, for networks that allow no other way.",
  },
  mediaProcesses: {
    name: "WAIHU_MEDIA_PROCESSES",
    fallback: "",
    about:
      "Processes that carry audio, about 300 call legs each. Default: one less than the processor's cores, at least one.",
  },
  maxUploadMb: {
    name: "WAIHU_MAX_UPLOAD_MB",
    fallback: "2048",
    about: "Largest file that may be uploaded for an import, in MB.",
  },
  logLevel: {
    name: "WAIHU_LOG_LEVEL",
    fallback: "info",
    about: "`trace`, `debug`, `info`, `warn`, `error` or `silent`; JSON lines on standard error.",
  },
  canary: {
    name: "WAIHU_CANARY",
    fallback: "on",
    about:
      "`off`: no canary calls. Each minute a call to an endpoint on this machine proves signalling and audio both ways; it costs nothing.",
  },
  metricsToken: {
    name: "WAIHU_METRICS_TOKEN",
    fallback: "",
    about:
      "Bearer token (16 characters or more) with which `/metrics` may be read from elsewhere. Without one it answers this machine alone.",
  },
  demo: {
    name: "WAIHU_DEMO",
    fallback: "on",
    about:
      "`off`: no demonstration people, list, campaign and simulated carrier; an administrator is made on first start.",
  },
} as const satisfies Record<string, Setting>;
