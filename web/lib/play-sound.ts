import { apiUrl, csrfHeader, errorFrom } from "./api.ts";

/** Asks for a sound by POST and plays it. Errors: those of the server; the browser's, where it may not play. */
export async function playSound(path: string, body: unknown): Promise<void> {
  const response = await fetch(apiUrl(path), {
    method: "POST",
    headers: { ...csrfHeader, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw errorFrom(response.status, await response.text());
  const url = URL.createObjectURL(await response.blob());
  const sound = new Audio(url);
  sound.addEventListener("ended", () => URL.revokeObjectURL(url));
  await sound.play();
}
