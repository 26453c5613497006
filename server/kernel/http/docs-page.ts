interface Schema {
  type?: string | string[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  description?: string;
  $ref?: string;
  additionalProperties?: Schema | boolean;
}
interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema; description?: string }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}
/** The part of an OpenAPI 3.1 document that the page shows. */
export interface OpenApiDocument {
  info: { title: string; version: string };
  paths?: Record<string, Record<string, Operation>>;
}

function escape(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

/** A schema in the notation of TypeScript, short enough to read. */
function shape(schema: Schema | undefined, indent = ""): string {
  if (!schema) return "";
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return [...new Set(choices.map((choice) => shape(choice, indent)))].join(" | ");
  if (schema.$ref) return schema.$ref.split("/").at(-1)!;
  if (schema.type === "array") return `${shape(schema.items, indent)}[]`;
  if (schema.properties) {
    const lines = Object.entries(schema.properties).map(([name, value]) => {
      const optional = schema.required?.includes(name) ? "" : "?";
      return `${indent}  ${name}${optional}: ${shape(value, `${indent}  `)}`;
    });
    return `{\n${lines.join("\n")}\n${indent}}`;
  }
  if (typeof schema.additionalProperties === "object")
    return `{ [key]: ${shape(schema.additionalProperties, indent)} }`;
  return [schema.type ?? "any"].flat().join(" | ") + (schema.format ? ` (${schema.format})` : "");
}

const firstSchema = (content: Record<string, { schema?: Schema }> | undefined) =>
  Object.values(content ?? {})[0]?.schema;

function operationHtml(path: string, method: string, operation: Operation): string {
  const parameters = (operation.parameters ?? [])
    .filter((p) => p.in !== "header")
    .map(
      (p) =>
        `<tr><td><code>${escape(p.name)}</code></td><td>${p.in}${p.required ? "" : ", optional"}</td><td><code>${escape(shape(p.schema))}</code></td></tr>`,
    );
  const body = firstSchema(operation.requestBody?.content);
  const answers = Object.entries(operation.responses ?? {}).map(
    ([status, response]) =>
      `<p>${escape(status)}</p><pre>${escape(shape(firstSchema(response.content)) || (response.description ?? ""))}</pre>`,
  );
  return `<details><summary><b>${method.toUpperCase()}</b> <code>${escape(path)}</code> ${escape(operation.summary ?? "")}</summary>
<p>${escape(operation.description ?? "")}</p>
${parameters.length > 0 ? `<table>${parameters.join("")}</table>` : ""}
${body ? `<p>Body</p><pre>${escape(shape(body))}</pre>` : ""}
${answers.join("")}</details>`;
}

/** One HTML page, no script: the paths by subject, their parameters, bodies and answers. */
export function docsPage(document: OpenApiDocument): string {
  const subjects = new Map<string, string[]>();
  for (const [path, methods] of Object.entries(document.paths ?? {}))
    for (const [method, operation] of Object.entries(methods)) {
      const tag = operation.tags?.[0] ?? "api";
      subjects.set(tag, [...(subjects.get(tag) ?? []), operationHtml(path, method, operation)]);
    }
  const sections = [...subjects]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([tag, operations]) => `<h2 id="${escape(tag)}">${escape(tag)}</h2>${operations.join("\n")}`);
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(document.info.title)}</title>
<style>:root{color-scheme:light dark}body{font:15px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
summary{cursor:pointer;padding:.3rem 0}pre{overflow:auto;padding:.6rem;border:1px solid #8884;border-radius:4px}td{padding:.1rem .8rem .1rem 0}</style>
<h1>${escape(document.info.title)} ${escape(document.info.version)}</h1>
<p>Send an API token as <code>Authorization: Bearer …</code>. Errors are <code>{ error: { code, message, detail } }</code>.
The machine-readable description is <a href="/api/v1/openapi.json">openapi.json</a>.</p>
${sections.join("\n")}</html>`;
}
