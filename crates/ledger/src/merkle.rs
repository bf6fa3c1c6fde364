//! Merkle trees of RFC 6962, section 2.1 (the same as RFC 9162), over leaf hashes, and their subtrees as
//! draft-ietf-plants-merkle-tree-certs, section 4, defines them.

use crate::Hash;

/// Why an inclusion proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InclusionError {
    /// The leaf's place is not within the tree.
    #[error("leaf is outside of the tree")]
    OutOfRange,
    /// The proof has another length than place and size require.
    #[error("proof has the wrong length")]
    Length,
    /// The proof leads to another root.
    #[error("proof leads to another root")]
    Root,
}

/// Why a consistency proof does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ConsistencyError {
    /// The older tree is larger than the newer one, or nothing can be said about an empty tree.
    #[error("sizes cannot be compared")]
    Sizes,
    /// The proof has another length than the sizes require.
    #[error("proof has the wrong length")]
    Length,
    /// The proof leads to other roots.
    #[error("proof leads to other roots")]
    Root,
}

/// Hash of a leaf: SHA-256(0x00 ‖ data).
pub fn leaf_hash(data: &[u8]) -> Hash {
    Hash::of(&[&[0], data])
}

fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// Root over leaf hashes; of no leaves the hash of nothing.
pub fn merkle_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => Hash::of(&[]),
        [only] => *only,
        _ => {
            let (left, right) = leaves.split_at(split_point(leaves.len()));
            node_hash(&merkle_root(left), &merkle_root(right))
        }
    }
}

/// The largest power of two below `size` (which is 2 at least).
const fn split_point(size: usize) -> usize {
    1 << (usize::BITS - 1 - (size - 1).leading_zeros())
}

/// Audit path of a leaf, lowest node first; `None` if there is no such leaf.
pub fn inclusion_proof(leaves: &[Hash], index: usize) -> Option<Vec<Hash>> {
    if index >= leaves.len() {
        return None;
    }
    if leaves.len() == 1 {
        return Some(Vec::new());
    }
    let split = split_point(leaves.len());
    let (left, right) = leaves.split_at(split);
    let (mut proof, sibling) = if index < split {
        (inclusion_proof(left, index)?, merkle_root(right))
    } else {
        (inclusion_proof(right, index - split)?, merkle_root(left))
    };
    proof.push(sibling);
    Some(proof)
}

/// Checks that a leaf stands at `index` of the tree with `size` leaves and this root.
pub fn verify_inclusion(leaf: &Hash, index: u64, size: u64, proof: &[Hash], root: &Hash) -> Result<(), InclusionError> {
    if index >= size {
        return Err(InclusionError::OutOfRange);
    }
    let (inner, border) = proof_shape(index, size);
    if proof.len() as u64 != u64::from(inner) + u64::from(border) {
        return Err(InclusionError::Length);
    }
    let (lower, upper) = proof.split_at_checked(inner as usize).ok_or(InclusionError::Length)?;
    let node = chain_inner(*leaf, lower, index);
    let node = upper.iter().fold(node, |node, left| node_hash(left, &node));
    if node == *root { Ok(()) } else { Err(InclusionError::Root) }
}

/// How many proof nodes lie inside of the perfect subtree that holds `index`, and how many on the tree's right border.
const fn proof_shape(index: u64, size: u64) -> (u32, u32) {
    let inner = u64::BITS - (index ^ (size - 1)).leading_zeros();
    let border = match index.checked_shr(inner) {
        Some(rest) => rest.count_ones(),
        None => 0,
    };
    (inner, border)
}

fn chain_inner(seed: Hash, proof: &[Hash], index: u64) -> Hash {
    proof.iter().enumerate().fold(seed, |node, (level, sibling)| {
        if index >> level & 1 == 0 { node_hash(&node, sibling) } else { node_hash(sibling, &node) }
    })
}

fn chain_inner_right(seed: Hash, proof: &[Hash], index: u64) -> Hash {
    proof.iter().enumerate().fold(
        seed,
        |node, (level, sibling)| {
            if index >> level & 1 == 1 { node_hash(sibling, &node) } else { node }
        },
    )
}

/// Proof that the tree over the first `old_size` leaves is a beginning of the whole; `None` if it is not shorter.
pub fn consistency_proof(leaves: &[Hash], old_size: usize) -> Option<Vec<Hash>> {
    if old_size == 0 || old_size > leaves.len() {
        return None;
    }
    Some(subproof(leaves, old_size, true))
}

fn subproof(leaves: &[Hash], old_size: usize, complete: bool) -> Vec<Hash> {
    if old_size == leaves.len() {
        return if complete { Vec::new() } else { vec![merkle_root(leaves)] };
    }
    let split = split_point(leaves.len());
    let (left, right) = leaves.split_at(split);
    let (mut proof, sibling) = if old_size <= split {
        (subproof(left, old_size, complete), merkle_root(right))
    } else {
        (subproof(right, old_size - split, false), merkle_root(left))
    };
    proof.push(sibling);
    proof
}

/// Checks that the tree of `old_size` leaves with `old_root` is a beginning of the tree of `new_size` leaves with
/// `new_root`.
pub fn verify_consistency(
    old_size: u64,
    new_size: u64,
    proof: &[Hash],
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), ConsistencyError> {
    if new_size < old_size || old_size == 0 {
        return Err(ConsistencyError::Sizes);
    }
    if old_size == new_size {
        if !proof.is_empty() {
            return Err(ConsistencyError::Length);
        }
        return if old_root == new_root { Ok(()) } else { Err(ConsistencyError::Root) };
    }
    let (inner, border) = proof_shape(old_size - 1, new_size);
    let shift = old_size.trailing_zeros();
    let inner = inner - shift;
    // Where the old tree is one perfect subtree, its root is the seed and the proof does not repeat it.
    let (seed, path) = if old_size.is_power_of_two() {
        (*old_root, proof)
    } else {
        let (first, path) = proof.split_first().ok_or(ConsistencyError::Length)?;
        (*first, path)
    };
    if path.len() as u64 != u64::from(inner) + u64::from(border) {
        return Err(ConsistencyError::Length);
    }
    let (lower, upper) = path.split_at_checked(inner as usize).ok_or(ConsistencyError::Length)?;
    let mask = (old_size - 1) >> shift;
    let border_chain = |node: Hash| upper.iter().fold(node, |node, left| node_hash(left, &node));
    let old = border_chain(chain_inner_right(seed, lower, mask));
    let new = border_chain(chain_inner(seed, lower, mask));
    if old == *old_root && new == *new_root { Ok(()) } else { Err(ConsistencyError::Root) }
}

/// Whether `[start, end)` is a subtree of every tree that reaches that far: `start` has to be a multiple of the
/// smallest power of two that is not below the subtree's size.
fn is_subtree(start: u64, end: u64) -> bool {
    let size = end.checked_sub(start).filter(|size| *size > 0);
    size.and_then(u64::checked_next_power_of_two).is_some_and(|span| start.is_multiple_of(span))
}

/// Checks that a leaf stands at `index` of its tree, by the root of the subtree `[start, end)`.
pub fn verify_subtree_inclusion(
    leaf: &Hash,
    index: u64,
    (start, end): (u64, u64),
    proof: &[Hash],
    subtree_root: &Hash,
) -> Result<(), InclusionError> {
    if !is_subtree(start, end) {
        return Err(InclusionError::OutOfRange);
    }
    let within = index.checked_sub(start).ok_or(InclusionError::OutOfRange)?;
    verify_inclusion(leaf, within, end - start, proof, subtree_root)
}

/// Checks that the subtree `[start, end)` with `subtree_root` is a part of the tree of `size` leaves with `root`.
pub fn verify_subtree_consistency(
    (start, end): (u64, u64),
    size: u64,
    proof: &[Hash],
    subtree_root: &Hash,
    root: &Hash,
) -> Result<(), ConsistencyError> {
    if start == end && end <= size {
        // An empty subtree is a part of every tree, whatever its root.
        return match (proof, *subtree_root == merkle_root(&[])) {
            ([], true) => Ok(()),
            ([], false) => Err(ConsistencyError::Root),
            _ => Err(ConsistencyError::Length),
        };
    }
    if !is_subtree(start, end) || end > size {
        return Err(ConsistencyError::Sizes);
    }
    let (mut first, mut last, mut tree_last) = (start, end - 1, size - 1);
    let climb = |first: &mut u64, last: &mut u64, tree_last: &mut u64| {
        for place in [first, last, tree_last] {
            *place >>= 1;
        }
    };
    // Up to the largest node that ends where the subtree ends: the proof does not repeat what lies under it.
    while first != last && (last == tree_last || last & 1 == 1) {
        climb(&mut first, &mut last, &mut tree_last);
    }
    let (seed, path) = if first == last {
        (*subtree_root, proof)
    } else {
        let (seed, path) = proof.split_first().ok_or(ConsistencyError::Length)?;
        (*seed, path)
    };
    let (mut subtree, mut whole) = (seed, seed);
    for sibling in path {
        if tree_last == 0 {
            return Err(ConsistencyError::Length);
        }
        if last & 1 == 1 || last == tree_last {
            if first < last {
                subtree = node_hash(sibling, &subtree);
            }
            whole = node_hash(sibling, &whole);
            // A node without a right sibling goes up unchanged until it is one itself.
            while last & 1 == 0 {
                climb(&mut first, &mut last, &mut tree_last);
            }
        } else {
            whole = node_hash(&whole, sibling);
        }
        climb(&mut first, &mut last, &mut tree_last);
    }
    if tree_last != 0 {
        return Err(ConsistencyError::Length);
    }
    if subtree == *subtree_root && whole == *root { Ok(()) } else { Err(ConsistencyError::Root) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaves(count: usize) -> Vec<Hash> {
        (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
    }

    #[test]
    fn every_leaf_of_every_small_tree_is_proven_and_no_other() {
        for size in 1..40usize {
            let leaves = leaves(size);
            let root = merkle_root(&leaves);
            for index in 0..size {
                let proof = inclusion_proof(&leaves, index).unwrap();
                let (at, of) = (index as u64, size as u64);
                assert_eq!(verify_inclusion(&leaves[index], at, of, &proof, &root), Ok(()));
                let wrong = leaf_hash(b"other");
                assert_eq!(verify_inclusion(&wrong, at, of, &proof, &root), Err(InclusionError::Root));
                assert!(verify_inclusion(&leaves[index], at + of, of, &proof, &root).is_err());
                let mut long = proof.clone();
                long.push(root);
                assert_eq!(verify_inclusion(&leaves[index], at, of, &long, &root), Err(InclusionError::Length));
            }
        }
    }

    #[test]
    fn every_beginning_of_every_small_tree_is_consistent_and_no_other() {
        for size in 1..40usize {
            let leaves = leaves(size);
            let new = merkle_root(&leaves);
            for old_size in 1..=size {
                let old = merkle_root(&leaves[..old_size]);
                let proof = consistency_proof(&leaves, old_size).unwrap();
                let (small, large) = (old_size as u64, size as u64);
                assert_eq!(verify_consistency(small, large, &proof, &old, &new), Ok(()), "{old_size} of {size}");
                let other = leaf_hash(b"other");
                assert!(verify_consistency(small, large, &proof, &other, &new).is_err());
                assert!(verify_consistency(small, large, &proof, &old, &other).is_err());
                // A beginning is a subtree, and both ways of checking it agree.
                assert_eq!(verify_subtree_consistency((0, small), large, &proof, &old, &new), Ok(()));
                assert!(verify_subtree_consistency((0, small), large, &proof, &old, &other).is_err());
            }
        }
    }
}
