/** The text as a pattern of `like` that means the text itself. */
export const escapeLike = (text: string) => text.replaceAll(/[\\%_]/g, "\\$&");
