const files = import.meta.glob<Record<string, unknown>>(
  "./{agentTime,announcements,answering,assign,audit,broadcast,callRules,callerIds,campaigns,collect,complaints,conditions,consents,detail,dialler,doNotCall,floor,funnel,health,imports,kpis,leadNumbers,listMix,locks,permission,queues,registers,replay,reports,retry,rulePacks,settings,sounds,speech,story,tokens,trunks,users,wallboards,webhooks}.json",
  { eager: true, import: "default" },
);

/** The files of this language that only offices' pages need, by their names. */
export const words: Record<string, unknown> = Object.fromEntries(
  Object.entries(files).map(([path, content]) => [path.slice(2, -".json".length), content]),
);
