/* ESP, which IKE carries in UDP too. */
#ifndef FW_LAYERS_ESP_H
#define FW_LAYERS_ESP_H

#include "layer.h"

/* An ESP packet from its SPI on: the first one of an SPI becomes a fact.  False: it was none, or is not the first. */
bool esp_packet(struct layers *l, const struct msg *m, struct cur c);

#endif
