/* IPv4 and MAC addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "model/ip.h"

static void addresses_are_read(void **state)
{
	static const struct {
		const char *text;
		uint32_t address;
	} good[] = {
		{ "10.42.3.7", 0x0A2A0307 }, { "0.0.0.0", 0 }, { "255.255.255.255", 0xFFFFFFFF }, { " 10.42.3.7 ", 0x0A2A0307 },
		{ "１０．４２．３．７", 0x0A2A0307 }, { "10。42。3。7", 0x0A2A0307 },
	};
	static const char *const bad[] = { "", "10", "10.42.3", "10.42.3.7.1", "10.42.3.256", "10.42.3.-1", "10.42.03.7",
					   "10.42.3.7/24", "10..3.7", "a.b.c.d", "10.42.3.7x", "10,42,3,7", "1000.1.1.1",
					   "10. 42.3.7" };
	char buffer[IP_SIZE];
	uint32_t address;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		assert_true(ip_parse(good[i].text, &address));
		assert_int_equal(address, good[i].address);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (ip_parse(bad[i], &address))
			fail_msg("%s was read", bad[i]);
	assert_string_equal(ip_format(0x0A2A0307, buffer), "10.42.3.7");
	assert_string_equal(ip_format(0xFFFFFFFF, buffer), "255.255.255.255");
}

static void masks_and_nets_are_read(void **state)
{
	static const struct {
		const char *text;
		int prefix;
	} masks[] = { { "0.0.0.0", 0 }, { "255.255.255.0", 24 }, { "255.255.254.0", 23 }, { "255.255.255.255", 32 }, { "128.0.0.0", 1 } };
	static const char *const no_masks[] = { "255.0.255.0", "0.0.0.1", "255.255.255", "24" };
	static const char *const no_nets[] = { "10.42.3.0", "10.42.3.0/33", "10.42.3.7/24", "10.42.3.0/", "10.42.3.0/24x", "/24",
					       "10.42.3.0/-1" };
	uint32_t network;
	int prefix;

	(void)state;
	for (size_t i = 0; i < sizeof(masks) / sizeof(masks[0]); i++) {
		assert_true(ip_mask_parse(masks[i].text, &prefix));
		assert_int_equal(prefix, masks[i].prefix);
	}
	for (size_t i = 0; i < sizeof(no_masks) / sizeof(no_masks[0]); i++)
		assert_false(ip_mask_parse(no_masks[i], &prefix));
	assert_true(ip_cidr_parse("10.42.3.0/24", &network, &prefix));
	assert_int_equal(network, 0x0A2A0300);
	assert_int_equal(prefix, 24);
	assert_true(ip_cidr_parse("0.0.0.0／０", &network, &prefix));
	assert_true(ip_cidr_parse("10.42.3.7/32", &network, &prefix));
	for (size_t i = 0; i < sizeof(no_nets) / sizeof(no_nets[0]); i++)
		if (ip_cidr_parse(no_nets[i], &network, &prefix))
			fail_msg("%s was read", no_nets[i]);
}

static void hosts_stand_inside_their_net(void **state)
{
	(void)state;
	assert_true(ip_same_subnet(0x0A2A0307, 0x0A2A03FE, 24));
	assert_false(ip_same_subnet(0x0A2A0307, 0x0A2A0407, 24));
	assert_true(ip_same_subnet(0x0A2A0307, 0x0A2A0407, 21));
	assert_true(ip_same_subnet(1, 0xFFFFFFFF, 0));
	assert_false(ip_same_subnet(1, 2, 32));
	assert_true(ip_is_host(0x0A2A0307, 24));
	assert_false(ip_is_host(0x0A2A0300, 24));
	assert_false(ip_is_host(0x0A2A03FF, 24));
	assert_true(ip_is_host(0x0A2A02FF, 23));
	assert_true(ip_is_host(0x0A2A0300, 31));
	assert_true(ip_is_host(0x0A2A0300, 32));
}

static void mac_addresses_are_written_one_way(void **state)
{
	static const char *const good[] = { "AA-BB-CC-DD-EE-0F", "aa:bb:cc:dd:ee:0f", "aabb.ccdd.ee0f", "aabbccddee0f",
					    "AA BB CC DD EE 0F", "ＡＡ：ＢＢ：ＣＣ：ＤＤ：ＥＥ：０Ｆ" };
	static const char *const bad[] = { "", "aa-bb-cc-dd-ee", "aa-bb-cc-dd-ee-0", "aabbccddee0f1", "gg-bb-cc-dd-ee-0f",
					   "aa_bb_cc_dd_ee_0f" };
	char mac[MAC_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		memset(mac, 'x', sizeof(mac));
		assert_true(mac_parse(good[i], mac));
		assert_string_equal(mac, "AA-BB-CC-DD-EE-0F");
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (mac_parse(bad[i], mac))
			fail_msg("%s was read", bad[i]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read),
		cmocka_unit_test(masks_and_nets_are_read),
		cmocka_unit_test(hosts_stand_inside_their_net),
		cmocka_unit_test(mac_addresses_are_written_one_way),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
