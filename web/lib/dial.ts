import { createContext, use } from "react";

export interface DialRequest {
  phone: string;
  campaignId?: number;
  leadId?: number;
  customerId?: number;
}

/** Given by the desk (`web/features/desk`) while this person may place calls; null: numbers are plain text. */
export const DialContext = createContext<((request: DialRequest) => void) | null>(null);

/** Places a call from the desk of the signed-in person, or null when there is no desk to call from. */
export const useDial = () => use(DialContext);
