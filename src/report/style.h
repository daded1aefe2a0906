/* web/style.css, embedded at build. */
#ifndef FW_REPORT_STYLE_H
#define FW_REPORT_STYLE_H

extern const char style_css[];

#endif
