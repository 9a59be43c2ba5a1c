from models.figures.block_paths import Branch, paths_through


def test_the_courses_block_has_one_branch_from_the_input_to_the_sum():
    paths = paths_through([(), (0,), (1,), (2,), (3,), (4,), (5, 0), (6,)], 7)
    assert paths.main == tuple(range(8))
    assert paths.branches == (Branch(0, 6, ()),)
    assert paths.unused == ()


def test_a_branch_has_its_own_steps_whichever_way_round_the_sum_is_written():
    for inputs in [(2, 3), (3, 2)]:
        paths = paths_through([(), (0,), (1,), (0,), inputs], 4)
        assert (paths.main, paths.branches) == ((0, 1, 2, 4), (Branch(0, 4, (3,)),))


def test_a_plain_chain_has_no_branch():
    assert paths_through([(), (0,), (1,)], 2).branches == ()


def test_what_the_output_does_not_need_is_unused():
    paths = paths_through([(), (0,), (0,), (2,), (1,)], 4)
    assert (paths.main, paths.unused) == ((0, 1, 4), (2, 3))


def test_a_block_that_ended_on_its_way_is_followed_to_its_last_step():
    assert paths_through([(), (0,), (1,)], None).main == (0, 1, 2)
    assert paths_through([()], None).main == (0,)


def test_a_tensor_added_to_itself_is_a_branch_without_steps():
    assert paths_through([(), (0,), (1, 1)], 2).branches == (Branch(1, 2, ()),)


def test_two_branches_into_one_sum_are_both_told():
    paths = paths_through([(), (0,), (0,), (1,), (3, 0, 2)], 4)
    assert paths.branches == (Branch(0, 4, ()), Branch(0, 4, (2,)))
