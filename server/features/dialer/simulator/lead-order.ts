/** A lead that is dialled for the n-th time. */
export interface DueLead {
  lead: number;
  attempt: number;
}

/** The order of dials: those that are due again first, then the list's. */
export interface LeadOrder {
  /** The one that comes after `ahead` others. */
  peek(ahead: number): DueLead;
  take(ahead: number): DueLead;
  again(due: DueLead): void;
}

export function leadOrder(): LeadOrder {
  const due: DueLead[] = [];
  /** How many at the front are there again. */
  let back = 0;
  let fresh = 0;
  function peek(ahead: number): DueLead {
    while (due.length <= ahead) due.push({ lead: fresh++, attempt: 1 });
    return due[ahead]!;
  }
  return {
    peek,
    take(ahead) {
      const taken = peek(ahead);
      due.splice(ahead, 1);
      if (ahead < back) back--;
      return taken;
    },
    again: (lead) => void due.splice(back++, 0, lead),
  };
}
