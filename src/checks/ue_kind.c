/* Emergency registration (TS 24.501 9.11.3.7) and RRC establishment cause (TS 38.413 9.3.1.111). */
#include "ue_kind.h"

enum { REG_EMERGENCY = 4, RRC_EMERGENCY = 0 };

enum emergency emergency_of(const struct view *v, uint32_t ue)
{
	const struct ue_security *s = model_ue_security(v->model, ue);

	if (!s)
		return EMERGENCY_UNSEEN;
	if (s->reg_type == REG_EMERGENCY || s->rrc_cause == RRC_EMERGENCY)
		return EMERGENCY_YES;
	return s->reg_type ? EMERGENCY_NO : EMERGENCY_UNSEEN;
}
