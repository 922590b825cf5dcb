#pragma once

#include <stdint.h>

/* Places by month * 100 + day: the day of the year, counted from 1. `before` days lie before the month. */
#define DAY(m, day, before) [(m) * 100 + (day)] = (before) + (day)
#define FOUR_DAYS(m, day, before) \
    DAY(m, day, before), DAY(m, day + 1, before), DAY(m, day + 2, before), DAY(m, day + 3, before)
#define TO_28(m, before) \
    FOUR_DAYS(m, 1, before), FOUR_DAYS(m, 5, before), FOUR_DAYS(m, 9, before), \
        FOUR_DAYS(m, 13, before), FOUR_DAYS(m, 17, before), FOUR_DAYS(m, 21, before), \
        FOUR_DAYS(m, 25, before)
#define TO_29(m, before) TO_28(m, before), DAY(m, 29, before)
#define TO_30(m, before) TO_29(m, before), DAY(m, 30, before)
#define TO_31(m, before) TO_30(m, before), DAY(m, 31, before)
#define DAYS_OF_YEAR(february, leap) \
    {TO_31(1, 0), february(2, 31), TO_31(3, 59 + leap), TO_30(4, 90 + leap), \
     TO_31(5, 120 + leap), TO_30(6, 151 + leap), TO_31(7, 181 + leap), TO_31(8, 212 + leap), \
     TO_30(9, 243 + leap), TO_31(10, 273 + leap), TO_30(11, 304 + leap), TO_31(12, 334 + leap)}

/* Places by year - 1850: the days from 1850-01-01 to the year, and the uppermost bit in a leap year. Of the
   years that four divides only 1900 is none. */
#define YEAR(y) \
    [(y) - 1850] = (((y) - 1850) * 365 + ((y) - 1849) / 4 - ((y) > 1900)) \
        | ((y) % 4 == 0 && (y) != 1900 ? 0x80000000u : 0)
#define TEN_YEARS(y) \
    YEAR(y), YEAR((y) + 1), YEAR((y) + 2), YEAR((y) + 3), YEAR((y) + 4), YEAR((y) + 5), \
        YEAR((y) + 6), YEAR((y) + 7), YEAR((y) + 8), YEAR((y) + 9)
#define FIFTY_YEARS(y) \
    TEN_YEARS(y), TEN_YEARS((y) + 10), TEN_YEARS((y) + 20), TEN_YEARS((y) + 30), TEN_YEARS((y) + 40)

/// The number of a day, 1 for 1850-01-01, up to the end of 2099; -1 for what is no day. `month_day` is
/// month * 100 + day.
static inline int32_t day_number(uint32_t year, uint32_t month_day) {
    static const uint16_t days[2][2048] = {DAYS_OF_YEAR(TO_28, 0), DAYS_OF_YEAR(TO_29, 1)};
    static const uint32_t years[250] = {
        FIFTY_YEARS(1850), FIFTY_YEARS(1900), FIFTY_YEARS(1950), FIFTY_YEARS(2000),
        FIFTY_YEARS(2050)};
    if (year - 1850 >= 250 || month_day >= 2048) return -1;
    uint32_t before = years[year - 1850];
    uint32_t day = days[before >> 31][month_day];
    // Of 17 bits, so that the compiler sees that no sum is negative.
    return day ? (int32_t)((before & 0x1FFFF) + day) : -1;
}

#undef DAY
#undef FOUR_DAYS
#undef TO_28
#undef TO_29
#undef TO_30
#undef TO_31
#undef DAYS_OF_YEAR
#undef YEAR
#undef TEN_YEARS
#undef FIFTY_YEARS
