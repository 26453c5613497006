import { formatParams, isHost, isToken, type Params, parseDecimal, parseParams } from "./grammar.ts";

/** One Via value (RFC 3261 §20.42). `transport` is upper case as on the wire; it may be one we do not speak. */
export interface Via {
  transport: string;
  host: string;
  port?: number;
  params: Params;
}

export const magicCookie = "z9hG4bK";

const viaPattern =
  /^SIP\s*\/\s*2\.0\s*\/\s*([^\s/]+)\s+(\[[^\]]+\]|[^\s:;,]+)\s*(?::\s*(\d+)\s*)?(;[\s\S]*)?$/i;

/** Undefined when malformed. */
export function parseVia(value: string): Via | undefined {
  const match = viaPattern.exec(value.trim());
  if (!match) return undefined;
  const [, transport, host, portText, paramText] = match as unknown as string[];
  const params = parseParams(paramText ?? "");
  if (!params || !isToken(transport!) || !isHost(host!)) return undefined;
  const via: Via = { transport: transport!.toUpperCase(), host: host!, params };
  if (portText !== undefined) {
    const port = parseDecimal(portText, 65535);
    // Port 0 is nowhere: an answer could not be sent.
    if (port === undefined || port === 0) return undefined;
    via.port = port;
  }
  return via;
}

export function formatVia(via: Via): string {
  const port = via.port === undefined ? "" : `:${via.port}`;
  return `SIP/2.0/${via.transport} ${via.host}${port}${formatParams(via.params)}`;
}
