/**
 * Where a number is: its IANA zone, by country and, in the countries that span several, by area code. A mobile
 * number, or an area the table does not know, has the zone of most people there: the compliance gate needs an
 * answer for every number, and a list may carry a better one in a column of its own.
 *
 * Sources: ICU's zones by country (`Intl.Locale.getTimeZones`), NANPA's area code assignments of 2025, the numbering
 * plans of ACMA (AU), ANATEL (BR), Rossvyaz (RU), IFT (MX), Kominfo (ID), CNMC (ES), ANACOM (PT).
 */

/** Zones of countries that have several, where most people live. */
const mainZones: Record<string, string> = {
  AC: "Atlantic/St_Helena",
  TA: "Atlantic/St_Helena",
  XK: "Europe/Belgrade",
  AR: "America/Argentina/Buenos_Aires",
  AU: "Australia/Sydney",
  BR: "America/Sao_Paulo",
  CA: "America/Toronto",
  CD: "Africa/Kinshasa",
  CL: "America/Santiago",
  CN: "Asia/Shanghai",
  CY: "Asia/Nicosia",
  DE: "Europe/Berlin",
  EC: "America/Guayaquil",
  ES: "Europe/Madrid",
  FM: "Pacific/Pohnpei",
  GL: "America/Nuuk",
  ID: "Asia/Jakarta",
  KI: "Pacific/Tarawa",
  KZ: "Asia/Almaty",
  MH: "Pacific/Majuro",
  MN: "Asia/Ulaanbaatar",
  MX: "America/Mexico_City",
  MY: "Asia/Kuala_Lumpur",
  NZ: "Pacific/Auckland",
  PF: "Pacific/Tahiti",
  PG: "Pacific/Port_Moresby",
  PS: "Asia/Hebron",
  PT: "Europe/Lisbon",
  RU: "Europe/Moscow",
  UA: "Europe/Kyiv",
  US: "America/New_York",
  UZ: "Asia/Tashkent",
};

/** Beginnings of the national number (its area code) by zone; the longest that fits counts. */
const areas: Record<string, Record<string, string>> = {
  US: {
    "America/New_York":
      "201 202 203 207 212 215 216 220 223 227 229 231 234 239 240 248 252 260 267 269 272 276 283 301 302 304 305 313 315 317 321 324 326 329 330 332 336 339 347 351 352 363 380 386 401 404 407 410 412 413 419 423 434 440 443 445 463 470 472 475 478 484 502 508 513 516 517 518 540 551 561 567 570 571 574 582 585 586 603 606 607 609 610 614 616 617 631 640 645 646 656 667 678 680 681 686 689 703 704 706 716 717 718 724 727 728 732 734 740 743 754 757 762 765 770 771 772 774 781 786 802 803 804 810 812 813 814 821 826 828 835 838 839 843 845 848 854 856 857 859 860 862 863 864 865 878 904 906 908 910 912 914 917 919 929 930 934 937 941 943 947 948 954 959 973 978 980 984 989",
    "America/Chicago":
      "205 210 214 217 218 219 224 225 228 235 251 254 256 262 270 274 281 308 309 312 314 316 318 319 320 325 327 331 334 337 346 353 361 364 402 405 409 414 417 430 432 447 448 464 469 479 501 504 507 512 515 531 534 539 557 563 572 573 580 601 605 608 612 615 618 620 629 630 636 641 651 659 660 662 682 701 708 712 713 715 726 730 731 737 763 769 773 779 785 806 815 816 817 830 832 847 850 870 872 901 903 913 918 920 931 936 938 940 945 952 956 972 975 979 985",
    "America/Denver": "303 307 385 406 435 505 575 719 720 801 915 970 983",
    "America/Boise": "208 986",
    "America/Phoenix": "480 520 602 623 928",
    "America/Los_Angeles":
      "206 209 213 253 279 310 323 341 350 360 369 408 415 424 425 442 458 503 509 510 530 541 559 562 564 619 626 628 650 657 661 669 702 707 714 725 738 747 760 775 805 818 820 831 840 858 909 916 925 949 951 971",
    "America/Anchorage": "907",
    "Pacific/Honolulu": "808",
  },
  CA: {
    "America/Vancouver": "236 250 257 604 672 778",
    "America/Edmonton": "368 403 587 780 825 867",
    "America/Regina": "306 474 639",
    "America/Winnipeg": "204 431 584",
    "America/Halifax": "428 506 782 902",
    "America/St_Johns": "709 879",
  },
  AU: {
    "Australia/Melbourne": "3",
    "Australia/Brisbane": "7",
    "Australia/Adelaide": "8",
    "Australia/Perth": "86 89",
    "Australia/Darwin": "889",
  },
  BR: {
    "America/Cuiaba": "65 66",
    "America/Campo_Grande": "67",
    "America/Rio_Branco": "68",
    "America/Porto_Velho": "69",
    "America/Manaus": "92 97",
    "America/Boa_Vista": "95",
  },
  RU: {
    "Europe/Kaliningrad": "401",
    "Europe/Samara": "341 846 848",
    "Asia/Yekaterinburg": "342 343 345 346 347 349 351 352 353",
    "Asia/Omsk": "381",
    "Asia/Novosibirsk": "382 383 384 385 388",
    "Asia/Krasnoyarsk": "390 391 394",
    "Asia/Irkutsk": "301 395",
    "Asia/Chita": "302",
    "Asia/Yakutsk": "411 416",
    "Asia/Vladivostok": "421 423 426",
    "Asia/Sakhalin": "424",
    "Asia/Magadan": "413",
    "Asia/Kamchatka": "415 427",
  },
  MX: {
    "America/Tijuana": "646 661 664 665 686",
    "America/Hermosillo": "622 623 631 632 633 634 637 638 641 642 643 644 645 647 651 653 662",
    "America/Ciudad_Juarez": "656",
    "America/Mazatlan": "311 319 323 324 325 327 389 612 613 615 667 668 669 672 673 687 694 695 696 697 698",
    "America/Cancun": "983 984 987 998",
  },
  ID: {
    "Asia/Makassar": "36 37 38 4 5",
    "Asia/Pontianak": "561 562 563 564 565 567 568",
    "Asia/Jayapura": "9",
  },
  KZ: { "Asia/Qyzylorda": "724" },
  ES: { "Atlantic/Canary": "822 828 922 928" },
  PT: { "Atlantic/Madeira": "291", "Atlantic/Azores": "292 295 296" },
};

const byArea = new Map(
  Object.entries(areas).map(([country, zones]) => [
    country,
    new Map(Object.entries(zones).flatMap(([zone, codes]) => codes.split(" ").map((code) => [code, zone]))),
  ]),
);

interface LocaleWithZones {
  getTimeZones?(): string[] | undefined;
}
const mainZone = new Map<string, string>();

/** The zone of most people in the country (ISO 3166-1 alpha-2); UTC for one that ICU does not know. */
export function zoneOfCountry(country: string): string {
  let zone = mainZone.get(country);
  if (zone === undefined) {
    const locale = new Intl.Locale("und", { region: country }) as unknown as LocaleWithZones;
    zone = mainZones[country] ?? locale.getTimeZones?.()?.[0] ?? "UTC";
    mainZone.set(country, zone);
  }
  return zone;
}

const allZones = new Map<string, readonly string[]>();

/** Every zone of the country (ISO 3166-1 alpha-2) that ICU knows. */
export function zonesOfCountry(country: string): readonly string[] {
  let zones = allZones.get(country);
  if (zones === undefined) {
    const locale = new Intl.Locale("und", { region: country }) as unknown as LocaleWithZones;
    zones = [...new Set([zoneOfCountry(country), ...(locale.getTimeZones?.() ?? [])])];
    allZones.set(country, zones);
  }
  return zones;
}

/** The zone of a number, by its country and its national number without trunk prefix. */
export function zoneOf(country: string, national: string): string {
  const codes = byArea.get(country);
  if (codes)
    for (let length = 3; length > 0; length--) {
      const zone = codes.get(national.slice(0, length));
      if (zone !== undefined) return zone;
    }
  return zoneOfCountry(country);
}

/** Area codes that a border of zones runs through, with all their zones. */
const splitAreas: Record<string, readonly [zones: string, codes: string][]> = {
  US: [
    ["America/New_York America/Chicago", "219 270 364 423 448 574 812 850 906 930"],
    ["America/Chicago America/Denver", "308 605 620 701 785"],
    ["America/Boise America/Los_Angeles", "208 986 458 541"],
    ["America/Los_Angeles America/Denver", "775"],
    ["America/Phoenix America/Denver", "928"],
    ["America/New_York America/Los_Angeles", "800 833 844 855 866 877 888"],
  ],
  CA: [
    ["America/Toronto America/Winnipeg", "807"],
    ["America/Vancouver America/Edmonton", "250 236"],
    ["America/Edmonton America/Vancouver America/Toronto", "867"],
    ["America/Toronto America/Vancouver", "800 833 844 855 866 877 888"],
  ],
};
const splitByArea = new Map(
  Object.entries(splitAreas).flatMap(([country, rows]) =>
    rows.flatMap(([zones, codes]) =>
      codes.split(" ").map((code) => [`${country} ${code}`, zones.split(" ")] as const),
    ),
  ),
);

/** Every zone in which a number of this area may be; one for most. */
export const zonesOf = (country: string, national: string): readonly string[] =>
  splitByArea.get(`${country} ${national.slice(0, 3)}`) ?? [zoneOf(country, national)];

/** Does NANPA use this area code in the United States (50 states and D.C.)? */
export const isUsAreaCode = (code: string): boolean => byArea.get("US")!.has(code);
